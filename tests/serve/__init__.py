"""The served page: asked by programs, by a browser, by chance and in crowds."""
