"""What robots.txt files say to whom, counted: the measurement behind `crawler audit`.

Reading order: `agents` (of whom they speak), `rule_sets` (what one file says to each).
"""
