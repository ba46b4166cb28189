"""One reader for each format: text in, articles and problems out."""
