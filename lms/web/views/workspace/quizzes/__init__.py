"""The quiz of a draft: its questions, one of them, and trying it as a learner."""
