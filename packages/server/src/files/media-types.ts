/** Types of files by the ending of their name: what people upload, and nothing that a web server would run. */
const TYPE_BY_ENDING: Readonly<Record<string, string>> = {
  '3gp': 'video/3gpp',
  '7z': 'application/x-7z-compressed',
  aac: 'audio/aac',
  avif: 'image/avif',
  avi: 'video/x-msvideo',
  bmp: 'image/bmp',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  epub: 'application/epub+zip',
  flac: 'audio/flac',
  gif: 'image/gif',
  glb: 'model/gltf-binary',
  gltf: 'model/gltf+json',
  gz: 'application/gzip',
  heic: 'image/heic',
  heif: 'image/heif',
  ico: 'image/x-icon',
  ics: 'text/calendar',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  jxl: 'image/jxl',
  m4a: 'audio/mp4',
  md: 'text/markdown',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  mpeg: 'video/mpeg',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  ogv: 'video/ogg',
  opus: 'audio/opus',
  otf: 'font/otf',
  pdf: 'application/pdf',
  png: 'image/png',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  rtf: 'application/rtf',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ttf: 'font/ttf',
  txt: 'text/plain',
  vcf: 'text/vcard',
  vtt: 'text/vtt',
  wav: 'audio/wav',
  weba: 'audio/webm',
  webm: 'video/webm',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
  yaml: 'application/yaml',
  zip: 'application/zip',
};

const UNKNOWN = 'application/octet-stream';
/** RFC 6838 §4.2, without parameters. */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

/** `image/png` of ` Image/PNG; charset=x`; null for what is no media type. */
export function mediaType(text: string | null | undefined): string | null {
  const type = (text ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return MEDIA_TYPE.test(type) ? type : null;
}

/** The type that a file is said to have; where nothing is said, the one that its name suggests. */
export function typeOf(declared: string | null | undefined, name: string): string {
  const type = mediaType(declared);
  return type === null || type === UNKNOWN ? (TYPE_BY_ENDING[endingOf(name)] ?? UNKNOWN) : type;
}

/** `.png`, for names on disk: the file's own ending where it is a known one, else its type's, else none. */
export function diskEnding(name: string, type: string): string {
  const ending = endingOf(name);
  if (Object.hasOwn(TYPE_BY_ENDING, ending)) return `.${ending}`;
  const found = Object.entries(TYPE_BY_ENDING).find(([, known]) => known === type)?.[0];
  return found ? `.${found}` : '';
}

const endingOf = (name: string): string => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** Whether one of the patterns, such as `image/*`, holds for a type. */
export function isListed(type: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const [kind = '', subtype = ''] = pattern.toLowerCase().split('/');
    const [ownKind, ownSubtype] = type.split('/');
    return (kind === '*' || kind === ownKind) && (subtype === '*' || subtype === ownSubtype);
  });
}
