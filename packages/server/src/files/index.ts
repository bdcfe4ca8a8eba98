export { type Asset, type AssetContent, type AssetSettings, Assets } from './assets.ts';
export { FILES } from './file-row.ts';
export { readFormFields } from './form-fields.ts';
export { isListed, mediaType } from './media-types.ts';
export { contentDisposition, downloadName, titleOf } from './names.ts';
export { type ByteRange, ObjectStore } from './storage/index.ts';
export { type IncomingFile, type ReceivedFile, type UploadSettings, Uploads } from './uploads.ts';
