{{ current_rows('events', {'place_id': place_id()}) }}
