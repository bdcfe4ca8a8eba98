import type Sharp from 'sharp';

/** What is decoded at all; sharp can do more, and each decoder is code that strangers' bytes reach. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'];

let loading: Promise<typeof Sharp> | null = null;

/** The image library, loaded when the first image comes: it is large. */
export function loadSharp(): Promise<typeof Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}`) });
    sharp.cache(false); // what is asked for again comes from the storage
    sharp.concurrency(1); // several images at a time instead of several threads per image
    return sharp;
  });
  return loading;
}
