#!/bin/bash
# WebKitWebDriver (WebKitGTK 2.50.6) with Selenium 4.51: on a page with `scroll-padding-block-start`, which every page with
# a header that stays needs, what stands just below the window cannot be chosen or cleared: ElementNotInteractableException,
# although it is in plain sight after the driver's own scrolling. Further below (where the driver centres) all is well, and
# so it is without the padding. With `scroll-behavior: smooth` it is the same at every distance: the driver does not wait.
# So: scrollIntoView({block: 'center', behavior: 'instant'}) before each click, clear and choice; an exception there says
# nothing about the page.
#
# Seen on 2026-11-30 with webkit2gtk-driver 2.50.6-1~deb12u2, selenium 4.51.0, Debian 12.
#
# Output seen (distance from the lower edge of the window; choosing an option, clearing a field):
#   no scroll-padding: -5 ok ok, 13 ok ok, 60 ok ok, 400 ok ok
#   scroll-padding-block-start 5rem: -5 ok ok, 13 refused refused, 60 refused refused, 400 ok ok
#   scroll-behavior smooth: -5 ok ok, 13 refused refused, 60 refused refused, 400 refused refused
#   scroll-padding, scrolled to the middle first: -5 ok ok, 13 ok ok, 60 ok ok, 400 ok ok
#   as on 2026-11-30
# Ends with 1 when this is no longer so, with 2 when it cannot be tried.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 SE_OFFLINE=true SE_AVOID_STATS=true
apt-get -o DPkg::Lock::Timeout=300 -qq install -y --no-install-recommends webkit2gtk-driver xvfb xauth python3-venv >/dev/null 2>&1 || exit 2
tmp=$(mktemp -d); cd "$tmp"
trap 'rm -rf "$tmp"' EXIT
python3 -m venv env >/dev/null && env/bin/pip install -q --disable-pip-version-check selenium==4.51.0 || exit 2
cat >try.py <<'PYTHON'
import glob, warnings
from selenium import webdriver
from selenium.common.exceptions import ElementNotInteractableException
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
warnings.simplefilter("ignore")
options = Options()
options.binary_location = glob.glob("/usr/lib/*-linux-gnu/webkit*gtk-4.*/MiniBrowser")[0]
options.add_argument("--automation")
driver = webdriver.WebKitGTK(options=options, service=Service("/usr/bin/WebKitWebDriver"))
driver.set_window_size(1000, 900)
tall = driver.execute_script("return innerHeight")
PAGE = """<!doctype html><title>x</title><style>html { CSS } body { margin: 0 } div { height: 5000px }
select, input { position: absolute; top: TOPpx; height: 54px; width: 292px } input { left: 400px }</style>
<select><option>a<option>b</select><input value=x><div></div>"""
def tried(act):
    try:
        act()
    except ElementNotInteractableException:
        return "refused"
    return "ok"
def seen(css, middle=False):
    told = []
    for below in (-5, 13, 60, 400):
        page = PAGE.replace("CSS", css).replace("TOP", str(tall + below))
        acts = []
        for selector, act in (("select", lambda e: e.find_element("css selector", "option:last-child").click()), ("input", lambda e: e.clear())):
            driver.get("data:text/html," + page)
            element = driver.find_element("css selector", selector)
            if middle:
                driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
            acts.append(tried(lambda: act(element)))
        told.append(f"{below} {' '.join(acts)}")
    return ", ".join(told)
print("no scroll-padding:", seen(""))
print("scroll-padding-block-start 5rem:", seen("scroll-padding-block-start: 5rem"))
print("scroll-behavior smooth:", seen("scroll-behavior: smooth"))
print("scroll-padding, scrolled to the middle first:", seen("scroll-padding-block-start: 5rem", middle=True))
driver.quit()
PYTHON
HOME="$tmp" GDK_BACKEND=x11 NO_AT_BRIDGE=1 xvfb-run -a -s '-screen 0 1400x1000x24' env/bin/python try.py 2>errors | tee found
[ "$(wc -l <found)" = 4 ] || { tail -3 errors; echo "it could not be tried"; exit 2; }
cat >wanted <<'SEEN'
no scroll-padding: -5 ok ok, 13 ok ok, 60 ok ok, 400 ok ok
scroll-padding-block-start 5rem: -5 ok ok, 13 refused refused, 60 refused refused, 400 ok ok
scroll-behavior smooth: -5 ok ok, 13 refused refused, 60 refused refused, 400 refused refused
scroll-padding, scrolled to the middle first: -5 ok ok, 13 ok ok, 60 ok ok, 400 ok ok
SEEN
diff wanted found || { echo "changed since 2026-11-30"; exit 1; }
echo "as on 2026-11-30"
