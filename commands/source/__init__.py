"""The learning register: reviews, audits and other sources, their milestones and holds, and what came of them."""
