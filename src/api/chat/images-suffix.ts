/** LobeChat's mark of a model that answers a chat with pictures. It then reads the field `images` of an answer, and no Markdown. */

export const IMAGES_SUFFIX = /:image$/i;
