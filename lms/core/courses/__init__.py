"""What is taught: documents, courses, quizzes and the ways through them."""
