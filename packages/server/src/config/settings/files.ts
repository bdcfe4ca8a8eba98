import { boolean, integer, json, listOf, oneOf, path, text, textLike } from '../kinds.ts';
import { duration, size } from '../quantities.ts';
import { setting } from '../setting.ts';

const count = integer({ min: 1 });
const mimePattern = textLike(
  'media type',
  'a media type such as image/* or text/plain',
  /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/,
);

export const files = {
  storageLocations: setting(
    'STORAGE_LOCATIONS',
    listOf(textLike('location', 'a name of letters, digits, - and _', /^[a-zA-Z0-9_-]+$/)),
    {
      default: 'local',
      help: 'Names of the places where files are; the first takes uploads that name none.',
    },
  ),
  fileMetadataAllowList: setting('FILE_METADATA_ALLOW_LIST', listOf(text), {
    default: 'ifd0.Make,ifd0.Model,exif.FNumber,exif.ExposureTime,exif.FocalLength,exif.ISOSpeedRatings',
    help: 'What of an image is kept as metadata; * keeps all.',
  }),
  filesMaxUploadSizeBytes: setting('FILES_MAX_UPLOAD_SIZE', size, {
    defaultNote: 'no limit',
    help: 'Largest file that may be uploaded.',
  }),
  filesMaxUploadConcurrency: setting('FILES_MAX_UPLOAD_CONCURRENCY', count, {
    defaultNote: 'no limit',
    help: 'How many uploads at a time.',
  }),
  filesMimeTypeAllowList: setting('FILES_MIME_TYPE_ALLOW_LIST', listOf(mimePattern), {
    default: '*/*',
    help: 'Media types that may be uploaded.',
  }),
  assetsCacheTtlMs: setting('ASSETS_CACHE_TTL', duration, {
    default: '30d',
    help: 'How long browsers may keep a file.',
  }),
  assetsCacheRevalidate: setting('ASSETS_CACHE_REVALIDATE', boolean, {
    default: 'false',
    help: 'Whether they ask again each time.',
  }),
  assetsTransformMaxConcurrent: setting('ASSETS_TRANSFORM_MAX_CONCURRENT', count, {
    default: '25',
    help: 'How many images are transformed at a time.',
  }),
  assetsTransformImageMaxDimension: setting('ASSETS_TRANSFORM_IMAGE_MAX_DIMENSION', count, {
    default: '6000',
    help: 'Largest width or height of an image that is transformed, in pixels.',
  }),
  assetsTransformImageMaxOutputDimension: setting('ASSETS_TRANSFORM_IMAGE_MAX_OUTPUT_DIMENSION', count, {
    default: '6000',
    help: 'Largest width or height of the result, in pixels.',
  }),
  assetsTransformTimeoutMs: setting('ASSETS_TRANSFORM_TIMEOUT', duration, {
    default: '7500ms',
    help: 'How long a transformation may take.',
  }),
  assetsTransformMaxOperations: setting('ASSETS_TRANSFORM_MAX_OPERATIONS', count, {
    default: '5',
    help: 'How many steps a transformation may have.',
  }),
  assetsInvalidImageSensitivityLevel: setting(
    'ASSETS_INVALID_IMAGE_SENSITIVITY_LEVEL',
    oneOf(['none', 'truncated', 'error', 'warning']),
    { default: 'warning', help: 'From which fault on an image is refused.' },
  ),
  importExportNamespace: setting('IMPORT_EXPORT_NAMESPACE', text, {
    default: 'directus:import-export',
    help: 'Prefix of the keys of imports and exports in a shared store.',
  }),
  importTimeoutMs: setting('IMPORT_TIMEOUT', duration, { default: '1h', help: 'How long an import may take.' }),
  importMaxConcurrency: setting('IMPORT_MAX_CONCURRENCY', count, {
    default: '20',
    help: 'How many imports at a time.',
  }),
  importMaxFileSizeBytes: setting('IMPORT_MAX_FILE_SIZE', size, {
    default: '50mb',
    help: 'Largest file that may be imported.',
  }),
};

/** Of every location: `<LOCATION>` is its name in upper case. */
export const location = {
  driver: setting('STORAGE_<LOCATION>_DRIVER', oneOf(['local', 's3', 'gcs', 'azure', 'cloudinary', 'supabase']), {
    default: 'local',
    help: 'What kind of place it is.',
  }),
  root: setting('STORAGE_<LOCATION>_ROOT', path, {
    defaultNote: './uploads for local, else the top',
    help: 'Folder there.',
  }),
  healthcheckThresholdMs: setting('STORAGE_<LOCATION>_HEALTHCHECK_THRESHOLD', duration, {
    default: '750',
    help: 'From which time on it counts as slow in /server/health.',
  }),
  key: setting('STORAGE_<LOCATION>_KEY', text, { secret: true, help: 's3: access key.' }),
  secret: setting('STORAGE_<LOCATION>_SECRET', text, { secret: true, help: 's3, supabase: secret key.' }),
  bucket: setting('STORAGE_<LOCATION>_BUCKET', text, { help: 's3, gcs, supabase: bucket.' }),
  region: setting('STORAGE_<LOCATION>_REGION', text, { help: 's3: region.' }),
  endpoint: setting('STORAGE_<LOCATION>_ENDPOINT', text, {
    defaultNote: "the service's own",
    help: 's3, azure, supabase: where the service is.',
  }),
  acl: setting('STORAGE_<LOCATION>_ACL', text, { help: 's3: access of new objects.' }),
  serverSideEncryption: setting('STORAGE_<LOCATION>_SERVER_SIDE_ENCRYPTION', text, { help: 's3: encryption at rest.' }),
  serverSideEncryptionKmsKeyId: setting('STORAGE_<LOCATION>_SERVER_SIDE_ENCRYPTION_KMS_KEY_ID', text, {
    help: 's3: its key.',
  }),
  forcePathStyle: setting('STORAGE_<LOCATION>_FORCE_PATH_STYLE', boolean, {
    default: 'false',
    help: 's3: bucket in the path, not in the host.',
  }),
  connectionTimeoutMs: setting('STORAGE_<LOCATION>_CONNECTION_TIMEOUT', duration, {
    default: '5000',
    help: 's3: how long connecting may take.',
  }),
  socketTimeoutMs: setting('STORAGE_<LOCATION>_SOCKET_TIMEOUT', duration, {
    default: '120000',
    help: 's3: how long a connection may be silent.',
  }),
  maxSockets: setting('STORAGE_<LOCATION>_MAX_SOCKETS', count, { default: '500', help: 's3: connections at most.' }),
  keepAlive: setting('STORAGE_<LOCATION>_KEEP_ALIVE', boolean, {
    default: 'true',
    help: 's3: whether connections are kept.',
  }),
  keyFilename: setting('STORAGE_<LOCATION>_KEY_FILENAME', path, { help: 'gcs: file of the service account.' }),
  credentials: setting('STORAGE_<LOCATION>_CREDENTIALS', json, { secret: true, help: 'gcs: the service account.' }),
  containerName: setting('STORAGE_<LOCATION>_CONTAINER_NAME', text, { help: 'azure: container.' }),
  accountName: setting('STORAGE_<LOCATION>_ACCOUNT_NAME', text, { help: 'azure: account.' }),
  accountKey: setting('STORAGE_<LOCATION>_ACCOUNT_KEY', text, { secret: true, help: 'azure: its key.' }),
  cloudName: setting('STORAGE_<LOCATION>_CLOUD_NAME', text, { help: 'cloudinary: cloud.' }),
  apiKey: setting('STORAGE_<LOCATION>_API_KEY', text, { secret: true, help: 'cloudinary: key.' }),
  apiSecret: setting('STORAGE_<LOCATION>_API_SECRET', text, { secret: true, help: 'cloudinary: secret.' }),
  projectId: setting('STORAGE_<LOCATION>_PROJECT_ID', text, { help: 'supabase: project.' }),
};
