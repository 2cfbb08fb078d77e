"""The form language: expressions and texts that always end and reach nothing but the paper."""
