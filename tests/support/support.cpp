// Keeps the library non-empty; the rest of support/ adds to it.
