/** Reads and writes the addresses of pictures on the CDN. An address describes its whole picture, so that nothing is stored. */
import * as z from "zod/mini";
import { planSchema } from "./plan.ts";

/** A longer prompt is cut, so that the address stays short. The picture shows its beginning. */
const MAX_PROMPT_CHARACTERS = 240;

const number = z.coerce.number().check(z.int(), z.gte(0));

const fileSchema = z.object({
	id: z.string(),
	index: number,
	width: number.check(z.gte(1), z.lte(8192)),
	height: number.check(z.gte(1), z.lte(8192)),
	prompt: z.string(),
	seed: z.coerce.number(),
	black: z.boolean(),
	/** The request brings a picture along. */
	edit: z.boolean(),
	fault: planSchema.shape.file,
	faults: planSchema.shape.fileFaults,
	bytes: planSchema.shape.bytes,
	fuzz: planSchema.shape.fuzz,
});

/** Everything that a picture depends on. */
export type FileSpec = z.infer<typeof fileSchema>;

/** True for faults that end after some GETs. */
export function isCounted(fault: FileSpec["fault"]): boolean {
	return COUNTED.includes(fault);
}

const COUNTED: readonly FileSpec["fault"][] = ["truncated", "hangs", "500", "403", "page", "json", "words", "redirect"];

export function fileUrl(origin: string, spec: FileSpec): string {
	const url = new URL(`/files/${spec.id}/${spec.index}.png`, origin);
	const { searchParams: query } = url;
	query.set("size", `${spec.width}x${spec.height}`);
	query.set("seed", String(spec.seed));
	query.set("prompt", [...spec.prompt].slice(0, MAX_PROMPT_CHARACTERS).join(""));
	if (spec.black) query.set("black", "1");
	if (spec.edit) query.set("edit", "1");
	if (spec.fault !== "ok") query.set("fault", spec.fault);
	if (isCounted(spec.fault)) query.set("faults", String(spec.faults));
	if (spec.bytes > 0) query.set("bytes", String(spec.bytes));
	if (spec.fuzz > 0) query.set("fuzz", String(spec.fuzz));
	return url.href;
}

/** Parses an address. `undefined` if it is no picture's address. */
export function readFileUrl(url: URL): FileSpec | undefined {
	const [, id, index] = /^\/files\/([^/]+)\/(\d+)\.png$/.exec(url.pathname) ?? [];
	const [width, height] = (url.searchParams.get("size") ?? "").split("x");
	const query = Object.fromEntries(url.searchParams);
	const parsed = z.safeParse(fileSchema, {
		...query,
		id,
		index,
		width,
		height,
		black: query.black === "1",
		edit: query.edit === "1",
	});
	return parsed.success ? parsed.data : undefined;
}
