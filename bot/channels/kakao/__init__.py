"""KakaoTalk: a skill server that Kakao's chatbot calls."""
