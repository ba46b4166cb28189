{{ current_rows('figures', {'place_id': place_id()}) }}
