{{ current_rows('numbers') }}
