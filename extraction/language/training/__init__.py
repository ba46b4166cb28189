"""How the bundled weights come to be: treebank in, trained pipeline and its accuracy out.

Belongs here: reading CoNLL-U, casing copies, the training configuration, the commands that train
and measure. Does not belong here: anything needed when text is parsed; nothing outside imports it.
"""
