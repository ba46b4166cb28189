{#- How names are compared: lower case, single spaces, straight apostrophes, no leading article. -#}
{% macro folded_name(column) -%}
regexp_replace(
    trim(lower(regexp_replace(replace({{ column }}, '’', ''''), '\s+', ' ', 'g'))), '^the ', ''
)
{%- endmacro %}
