"""The second half: briefings → archive → pages → bytes."""
