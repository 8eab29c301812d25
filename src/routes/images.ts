import { Refusal, readJson } from "../http.ts";
import { hasAllPictures, jsonLength, writeJson } from "../json-stream.ts";
import { parseBody } from "../openai/fields.ts";
import { toImageRequest } from "../openai/image-request.ts";
import { ImagesBody, responseFormatOf, toImagesResponse } from "../openai/images.ts";
import type { Watch } from "../watch.ts";
import type { Context } from "./context.ts";
import { collectLog, failureOf, failureResponse, jobHeaders, startJob } from "./jobs.ts";

/** `POST /v1/images/generations` */
export const createImages = async (request: Request, context: Context): Promise<Response> => {
	const body = parseBody(ImagesBody, await readJson(request));
	if (!body.ok) throw new Refusal(body.error);
	const { prompt, model, n, size, quality, response_format, output_format, seed, fal } = body.value;
	const wish = { prompt, model, n, size, quality, outputFormat: output_format, seed, fal };
	const wanted = toImageRequest(wish, context.config);
	if (!wanted.ok) throw new Refusal(wanted.error);

	const name = model ?? context.config.defaultModel;
	const job = await startJob(request, context, wanted.value, {
		api: "images",
		model: name,
		includeUsage: false,
		responseFormat: responseFormatOf(name, response_format),
	});
	const log = await collectLog(job, request.signal);
	const error = failureOf(log);
	if (error !== null) {
		job.watch.close("delivered");
		return failureResponse(job.id, error);
	}
	return picturesResponse(toImagesResponse(log), job.id, job.watch, context);
};

const picturesResponse = async (
	answer: ReturnType<typeof toImagesResponse>,
	id: string,
	watch: Watch,
	{ env, ctx }: Context,
): Promise<Response> => {
	if (!(await hasAllPictures(answer, env.IMAGES))) {
		watch.close("delivered");
		return failureResponse(id, { code: "storing_failed", message: "A stored picture of this job is missing." });
	}
	const { readable, writable } = new FixedLengthStream(jsonLength(answer));
	const pump = async () => {
		const writer = writable.getWriter();
		try {
			await writeJson(answer, env.IMAGES, (chunk) => writer.write(chunk));
			await writer.close();
			watch.close("delivered");
		} catch (error) {
			watch.close("clientLeft");
			await writer.abort(error).catch(() => {});
		}
	};
	ctx.waitUntil(pump());
	return new Response(readable, {
		headers: { "content-type": "application/json", "x-darkroom-model": answer.model, ...jobHeaders(id) },
	});
};
