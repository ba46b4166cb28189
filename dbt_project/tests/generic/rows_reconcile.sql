{#- Prevents rows from being lost or doubled between landing and fact: fails for each current extraction
    whose count, stated when it was loaded, is not the number of its rows in the fact. -#}
{% test rows_reconcile(model, count_column) %}
with stated as (
    select
        extraction_id,
        {{ count_column }} as row_count
    from {{ ref('stg_extractions') }}
    where is_current_extraction
),

found as (
    select
        extraction_id,
        count(*) as row_count
    from {{ model }}
    group by extraction_id
)

select
    coalesce(stated.extraction_id, found.extraction_id) as extraction_id,
    stated.row_count as stated_count,
    found.row_count as found_count
from stated
full outer join found on stated.extraction_id = found.extraction_id
where coalesce(stated.row_count, 0) != coalesce(found.row_count, 0)
{% endtest %}
