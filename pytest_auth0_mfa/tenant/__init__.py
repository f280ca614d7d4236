"""The tenant under test: where it is, who may speak to it, its users, its clock."""
