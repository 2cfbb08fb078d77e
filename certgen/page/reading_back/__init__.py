"""The last look: what the finished bytes say, held against what was asked."""
