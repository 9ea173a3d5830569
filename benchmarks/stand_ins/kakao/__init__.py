"""Kakao's side: chats that call a skill, pictures, callbacks."""
