{#- The key of the place of a claim: its GeoNames entry, else its name and country; no place = unknown. -#}
{% macro place_id() -%}
case
    when place_geonames_id is not null
        then {{ surrogate_key(["'geonames'", "place_geonames_id"]) }}
    when coalesce(place_name, place_text) is not null
        then {{ surrogate_key(["'name'", folded_name("coalesce(place_name, place_text)"), "place_country"]) }}
    else {{ unknown_id() }}
end
{%- endmacro %}
