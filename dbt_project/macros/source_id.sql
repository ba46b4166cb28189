{#- The key of a source: its folded name, so that a claimant and a publisher of one name are one source. -#}
{% macro source_id(name) -%}
{{ surrogate_key([folded_name(name)]) }}
{%- endmacro %}
