import { Refusal, readJson } from "../../http/http.ts";
import { prefersAsync, startJob } from "../../job/start.ts";
import { answerAsync, answerStream, answerWhole } from "../answer/answers.ts";
import { numbered } from "../answer/frames.ts";
import type { Context } from "../context.ts";
import { parseBody } from "../request/fields.ts";
import { toImageRequest } from "../request/image-request.ts";
import { ImagesBody, renderImages, responseFormatOf, toImagesError, toImagesResponse } from "./render.ts";

/** `POST /v1/images/generations` */
export async function createImages(request: Request, context: Context): Promise<Response> {
	const body = parseBody(ImagesBody, await readJson(request));
	if (!body.ok) throw new Refusal(body.error);
	const { prompt, model, n, size, quality, response_format, output_format, seed, fal, stream = false } = body.value;
	const wish = { prompt, model, n, size, quality, outputFormat: output_format, seed, fal };
	const wanted = toImageRequest(wish, context.config);
	if (!wanted.ok) throw new Refusal(wanted.error);

	const name = model ?? context.config.defaultModel;
	const watched = !prefersAsync(request);
	const responseFormat = responseFormatOf(name, response_format, stream);
	const rendering = { api: "images", model: name, includeUsage: false, responseFormat } as const;
	const job = await startJob(request, context, { request: wanted.value, rendering, watched });
	if (!watched) return answerAsync(job.id, context);
	return stream
		? answerStream(job, request, context, numbered(renderImages()), toImagesError)
		: answerWhole(job, request, context, toImagesResponse);
}
