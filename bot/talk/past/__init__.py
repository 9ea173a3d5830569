"""What a person did before: lists, searches, exports."""
