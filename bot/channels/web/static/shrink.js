// Photos are made smaller before they leave: the server reads them at no more than this anyway.
const LONGEST = 2560;
const QUALITY = 0.92;
const TAIL = 65536; // bytes in which a photo's end stands; phones append more, and lose nothing here

/** The photo upright and at most 2560 pixels long; as it is where that cannot be done or needed. */
export async function shrunk(photo) {
  try {
    if (await isCut(photo)) return photo; // the server tells that a part is missing
    const whole = await createImageBitmap(photo); // turned as its EXIF says
    const scale = LONGEST / Math.max(whole.width, whole.height);
    const small = scale < 1 ? await drawn(whole, scale) : null;
    whole.close();
    return small && small.size < photo.size ? small : photo;
  } catch {
    return photo; // HEIC outside Safari, no picture at all: the server says what it is
  }
}

async function isCut(photo) {
  if (photo.type !== "image/jpeg") return false;
  const tail = new Uint8Array(await photo.slice(-TAIL).arrayBuffer());
  return !tail.some((byte, at) => byte === 0xff && tail[at + 1] === 0xd9);
}

function drawn(whole, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(whole.width * scale);
  canvas.height = Math.round(whole.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // beneath what is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(whole, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
