"""Pictures that answers carry."""
