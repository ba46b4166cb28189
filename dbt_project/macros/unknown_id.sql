{#- The key of a dimension's explicit unknown member. -#}
{% macro unknown_id() -%}
'unknown'
{%- endmacro %}
