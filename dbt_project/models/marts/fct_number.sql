with numbers as (
    select * from {{ ref('stg_numbers') }}
),

figures as (
    select row_id from {{ ref('stg_figures') }}
)

select
    numbers.* replace (figures.row_id as figure),
    {{ withheld_links({'figure': ('numbers.figure', 'figures.row_id')}) }} as withheld_links
from numbers
left join figures on numbers.figure = figures.row_id
order by numbers.version_id, numbers.start, numbers."end", numbers.row_id
