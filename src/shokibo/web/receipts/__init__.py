"""What the ministry does with what it received: files, versions that it accepts, questions."""
