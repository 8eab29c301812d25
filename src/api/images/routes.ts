/** The routes of the Images API. */

import { createHandler } from "../create.ts";
import { ImagesBody, readImages } from "./body.ts";
import { imagesFormat } from "./render.ts";

export const createImages = createHandler({ body: ImagesBody, read: readImages, format: imagesFormat, text: null });
