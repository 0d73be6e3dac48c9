"""Words that say nothing where they stand alone: in a link, in the text of a picture.

Holds words alone, whatever the language around them.
"""

from __future__ import annotations

_OF_LINKS = """
    click tap press push follow read see view visit go open browse find check learn discover get
    look show start download continue try watch here there this that these it its link links page
    pages site website web address url button more less further info information details detail
    document documents file files pdf article resource resources source text next previous back up
    on about out now online above below following the a an of to for in at by and or our your you us
    please just simply can will full additional complete all cliquez cliquer clique appuyez touchez
    suivez suivre lire lisez voir voyez consulter consultez visitez visiter aller allez ouvrir
    ouvrez trouver découvrir découvrez savoir apprendre obtenir regarder télécharger téléchargez
    continuer continuez essayer ici là ce cet cette ces ceci cela celui-ci lien liens adresse bouton
    plus moins suite renseignement renseignements informations détails détail fichier fichiers
    ressource ressources texte suivant suivante précédent retour haut bas en sur le la les l un une
    des du de d à au aux et ou pour par dans notre nos votre vos vous s’il plaît complet complète
    complément tout tous sites aquí aqui más mais saiba leer ler ver clic haga hacer enlace ligação
    página sitio hier klicken mehr weiter erfahren lesen seite klik meer lees qui clicca altro leggi
    więcej tutaj هنا المزيد اقرأ رابط 这里 這裡 点击 點擊 更多 подробнее здесь тут далее ਇੱਥੇ यहाँ
"""
_OF_PICTURES = """
    image images picture pictures photo photos photograph graphic graphics illustration
    illustrations drawing drawings icon icons figure figures logo banner screenshot screen capture
    chart graph diagram map clipart placeholder untitled alt text caption description decorative
    svg png jpg jpeg gif webp
    spacer test example stock here goes add photographie graphique dessin icône écran carte
    schéma diagramme bannière tableau exemple texte légende imagen foto fotos fotografía gráfico
    dibujo ilustración bild bilder grafik zeichnung imagem immagine afbeelding obraz صورة 图片 圖片 图像
    照片 изображение фото картинка ਤਸਵੀਰ तस्वीर a an the of my our this new one un une le la les de du
    des l d ce cette el los das der die no number numéro n
"""
#: What one does with a link, what a link leads to as such, and what joins such words.
SAYS_NOTHING = frozenset(_OF_LINKS.split())
#: What a picture is, and nothing of what it shows.
PLACEHOLDERS = frozenset(_OF_PICTURES.split())
