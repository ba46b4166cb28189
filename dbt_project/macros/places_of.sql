{#- The place of each claim of a staging model, under the names of dim_place. -#}
{% macro places_of(relation) -%}
select
    place_id,
    coalesce(place_name, place_text) as place_name,
    place_country as country,
    place_latitude as latitude,
    place_longitude as longitude,
    place_geonames_id as geonames_id,
    place_precision as precision
from {{ relation }}
where place_id != {{ unknown_id() }}
{%- endmacro %}
