// Draws with OpenAI's own package: a picture, a chat, and a job in the background that is resumed.
import OpenAI from "openai";

const { DARKROOM_URL = "http://localhost:8787", DARKROOM_KEY = "sk-darkroom-local" } = process.env;
const client = new OpenAI({ baseURL: `${DARKROOM_URL}/v1`, apiKey: DARKROOM_KEY });

console.log("— A picture");
const { data } = await client.images.generate({
	model: "imagen4-preview",
	prompt: "A red fox in the snow, watercolour",
	size: "16:9",
	response_format: "url",
});
console.log(data?.[0]?.url);

console.log("\n— A chat: progress, then the picture as Markdown");
const chat = await client.chat.completions.create({
	model: "darkroom",
	messages: [{ role: "user", content: "A paper boat on a lake, 3:2" }],
	stream: true,
});
for await (const { choices } of chat) {
	const { reasoning_content: progress, content } = choices[0]?.delta ?? {};
	process.stdout.write(progress ?? content ?? "");
}

console.log("\n\n— A job in the background, whose stream breaks off");
let id = "";
let last = -1;
const first = await client.responses.create({
	model: "imagen4-preview",
	input: "A lighthouse in a storm, 4:3",
	background: true,
	stream: true,
});
for await (const event of first) {
	if (event.type === "response.created") id = event.response.id;
	last = event.sequence_number;
	console.log(`${last} ${event.type}`);
	// The connection is lost here. The job goes on.
	if (event.type === "response.queued") break;
}

console.log("… resumed");
for await (const event of await client.responses.retrieve(id, { stream: true, starting_after: last })) {
	console.log(`${event.sequence_number} ${event.type}`);
	if (event.type === "response.failed") console.log(event.response.error?.message);
	if (event.type !== "response.output_item.done") continue;
	const { url, result } = event.item;
	console.log(`  ${url} (${result.length} characters of base64)`);
}
