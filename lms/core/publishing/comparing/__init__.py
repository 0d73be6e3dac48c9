"""How two texts are laid side by side: what they are made of, which piece was which, word by word."""
