with numbers as (
    select * from {{ ref('stg_numbers') }}
),

figures as (
    select row_id from {{ ref('stg_figures') }}
)

select
    numbers.* exclude (figure),
    figures.row_id as figure,
    {{ withheld_links({'figure': ('numbers.figure', 'figures.row_id')}) }} as withheld_links
from numbers
left join figures on numbers.figure = figures.row_id
