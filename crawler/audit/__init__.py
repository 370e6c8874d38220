"""What robots.txt files say to whom, counted: the measurement behind `crawler audit`.

Reading order: `agents` (of whom they speak), `rule_sets` (what one file says to each), `domains`
and `inputs` (what is read), `job_input` (a job as one), `earlier` (what an audit of before found),
`collected` (what was seen of each domain, month by month), `shares` (of domains and weight; head,
sample, mixture), `now_figures` and `time_figures` (what is shown), `document` (put together);
`fetching` (asking domains of which nothing is known).
"""
