{#- One hash of several columns: 32 hex digits of MD5. An empty cell is told from an empty text. -#}
{% macro surrogate_key(columns) -%}
md5(concat_ws(
    '|'
    {%- for column in columns %},
    coalesce(cast({{ column }} as varchar), '<null>')
    {%- endfor %}
))
{%- endmacro %}
