"""The bug finder: a small encoder that says where in a function a bug is and what belongs there."""
