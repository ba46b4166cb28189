{#- Names of the links that a row has in the landing table but whose target was set aside by a gate. -#}
{% macro withheld_links(links) -%}
{%- for name, (stated, found) in links.items() %}
    {{- "\n    || " if not loop.first -}}
    case when {{ stated }} is not null and {{ found }} is null then ['{{ name }}'] else [] end
{%- endfor %}
{%- endmacro %}
