{#- The rows of a landing table that the current extraction of each version gave. `keys`: keys to dimensions, column → SQL. -#}
{% macro current_rows(table, keys={}) -%}
with source as (
    select * from {{ source('landing', table) }}
),

extractions as (
    select extraction_id
    from {{ ref('stg_extractions') }}
    where is_current_extraction
),

versions as (
    select
        version_id,
        is_current_version
    from {{ ref('stg_document_versions') }}
)

select
    source.*,
    {%- for column, sql in keys.items() %}
    {{ sql }} as {{ column }},
    {%- endfor %}
    versions.is_current_version
from source
inner join extractions on source.extraction_id = extractions.extraction_id
inner join versions on source.version_id = versions.version_id
{%- endmacro %}
