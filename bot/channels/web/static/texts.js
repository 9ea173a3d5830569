// Everything that the page itself says. The bot's own sentences come from the server.
export const TEXTS = {
  ko: {
    title: "품번 Pumbeon",
    online: "태그 사진을 읽어 드려요",
    offline: "서버와 연결이 끊겼어요",
    headline: "신발 태그를 찍으면\n품번과 가격이 나와요",
    intro: "택이나 박스 라벨 사진을 보내면 품번을 찾아 읽고, 맞는지 물어본 뒤 가격을 보여 드려요.",
    step1: "태그 사진을 보내요. 찍거나, 끌어다 놓거나, 붙여 넣어도 돼요.",
    step2: "읽은 품번이 맞는지 확인하고, 틀린 글자는 눌러서 고쳐요.",
    step3: "가격을 보고, 나중에 기록에서 다시 찾아요.",
    privacy: "사진과 기록은 이 서버에만 남고, 메뉴에서 언제든 지울 수 있어요.",
    welcome: "태그 사진을 보내 주세요",
    how: "품번이 보이게 찍은 사진이면 돼요. 비스듬하거나 뒤집혀도 괜찮아요.",
    sample: "샘플 사진 보내기",
    choose: "사진 고르기",
    history: "기록 보기",
    other: "EN",
    switch: "Switch to English",
    more: "더 보기",
    help: "도움말",
    start: "처음 인사",
    language: "언어",
    remove: "내 기록 모두 지우기",
    log: "대화",
    camera: "사진 찍기",
    file: "사진 고르기",
    hint: "품번을 직접 쓰셔도 돼요",
    send: "보내기",
    drop: "여기에 놓으면 보내요",
    photo: "사진",
    enlarge: "사진 크게 보기",
    sent: "내가 보낸 사진",
    marked: "읽은 곳을 표시한 사진",
    chart: "본 가격의 그래프",
    example: "품번이 있는 곳을 보여 주는 그림",
    uploading: "보내는 중",
    reading: "읽는 중",
    answering: "답을 찾는 중",
    copy: "복사",
    offers: "파는 곳",
    copied: "복사했어요",
    again: "다시 보내기",
    waiting: "연결을 기다리는 중이에요. 이어지면 바로 보낼게요.",
    failed: "서버에 닿지 못했어요.",
    too_large: "사진이 20MB를 넘어요. 더 작은 사진으로 보내 주세요.",
    no_picture: "사진 파일만 보낼 수 있어요. 태그를 찍은 사진을 골라 주세요.",
    empty: "빈 파일이에요. 태그 사진을 다시 골라 주세요.",
    too_many: "한 번에 열 장까지 보낼 수 있어요.",
    take_away: "빼기",
    tray: "보낼 사진",
    cancel: "취소",
    theme: "밝게/어둡게",
    offline_long: "연결이 끊겼어요. 쓰신 것은 이어지는 대로 차례로 보낼게요.",
    back: "다시 이어졌어요",
    mark_title: "품번이 있는 곳을 표시해 주세요",
    mark_help: "네모를 품번에 맞춰 주세요. 사진은 두 손가락이나 휠로 크게 하고, 글자가 똑바로 보이게 돌려 주세요.",
    mark_keys: "화살표: 옮기기 · Shift+화살표: 크기 · + −: 확대 · R: 90도 돌리기 · [ ]: 기울기 · Enter: 읽기",
    mark_frame: "품번을 둘러싼 네모",
    mark_place: "왼쪽에서 {x}%, 위에서 {y}%, 너비 {w}%, 높이 {h}%",
    zoom_in: "크게",
    zoom_out: "작게",
    turn_left: "왼쪽으로 90도",
    turn_right: "오른쪽으로 90도",
    tilt: "기울기",
    read_this: "여기 읽기",
    mark_again: "다시 표시하기",
    right: "맞아요",
    close: "닫기",
    sure: "확률 {percent}%",
    mark_none: "여기서는 품번을 찾지 못했어요. 네모를 품번에만 맞춰 다시 표시해 주세요.",
    mark_lost: "사진을 열 수 없어요. 텔레그램 대화의 버튼으로 다시 열어 주세요.",
    not_there: "사진이 더는 없어요. 다시 보내 주세요.",
    mark_done: "읽은 품번을 대화에 보냈어요.",
    you: "나",
    bot: "품번",
  },
  en: {
    title: "Pumbeon 품번",
    online: "Reads shoe tags for you",
    offline: "Lost the connection to the server",
    headline: "A photo of the tag,\nthe code, the prices",
    intro: "Send a photo of a hang tag or box label. Pumbeon finds the style code, asks whether it is right, and shows prices.",
    step1: "Send the tag: take a photo, drop one here, or paste it.",
    step2: "Check the code; tap a wrong character to mend it.",
    step3: "See the prices, and find them again in your history.",
    privacy: "Photos and history stay on this server. Delete them any time from the menu.",
    welcome: "Send a photo of a tag",
    how: "Any photo that shows the style code will do, even tilted or upside down.",
    sample: "Try a sample tag",
    choose: "Choose a photo",
    history: "History",
    other: "한",
    switch: "한국어로 바꾸기",
    more: "More",
    help: "Help",
    start: "Welcome message",
    language: "Language",
    remove: "Delete everything of mine",
    log: "Conversation",
    camera: "Take a photo",
    file: "Choose a photo",
    hint: "Or type a style code",
    send: "Send",
    drop: "Drop it here to send",
    photo: "Photo",
    enlarge: "Show the photo larger",
    sent: "The photo you sent",
    marked: "The photo with the code marked",
    chart: "A chart of prices seen",
    example: "A drawing of where the code stands",
    uploading: "Sending",
    reading: "Reading",
    answering: "Looking that up",
    copy: "Copy",
    offers: "Offers",
    copied: "Copied",
    again: "Send again",
    waiting: "Waiting for the connection. It will be sent as soon as it is back.",
    failed: "The server could not be reached.",
    too_large: "That photo is over 20 MB. Please send a smaller one.",
    no_picture: "Only pictures can be sent. Please choose a photo of the tag.",
    empty: "That file is empty. Please choose the tag photo again.",
    too_many: "Up to ten photos at once.",
    take_away: "Remove",
    tray: "Photos to send",
    cancel: "Cancel",
    theme: "Light or dark",
    offline_long: "Not connected. What you write is sent, in order, once the connection is back.",
    back: "Connected again",
    mark_title: "Mark where the code is",
    mark_help: "Fit the frame around the code. Zoom with two fingers or the wheel, and turn the photo until the code is upright.",
    mark_keys: "Arrows: move · Shift+arrows: size · + −: zoom · R: turn by 90° · [ ]: tilt · Enter: read",
    mark_frame: "Frame around the code",
    mark_place: "{x}% from the left, {y}% from the top, {w}% wide, {h}% high",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    turn_left: "Turn left by 90°",
    turn_right: "Turn right by 90°",
    tilt: "Tilt",
    read_this: "Read this",
    mark_again: "Mark again",
    right: "That's right",
    close: "Close",
    sure: "{percent}% sure",
    mark_none: "No code found there. Fit the frame around the code alone and try again.",
    mark_lost: "The photo cannot be opened. Please open it again with the button in the Telegram chat.",
    not_there: "The photo is no longer there. Please send it again.",
    mark_done: "The code is in the chat now.",
    you: "You",
    bot: "Pumbeon",
  },
};

let current = "en";

/** The language in use, "ko" or "en". */
export const language = () => current;

/** The text of this name in the language in use, its {names} filled in. */
export const t = (name, values = {}) => TEXTS[current][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

/** What the person chose on this device, else the browser's language. */
export function firstLanguage() {
  const chosen = stored();
  if (chosen === "ko" || chosen === "en") return chosen;
  return navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en";
}

function stored() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null; // a browser may refuse storage inside another page
  }
}

/** Speak this language from now on, everywhere on the page. */
export function speak(name) {
  current = name;
  try {
    localStorage.setItem("language", name);
  } catch {
    // as above
  }
  document.documentElement.lang = name;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = t(node.dataset.hint);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.matches("button, summary")) node.title = t(node.dataset.label);
  }
}
