/** Knows the models that talk and do not draw, by the names that chat clients and agents have built in. */

/** The beginnings of their names. Behind one comes a version, a sign or nothing. */
const FAMILIES: readonly string[] = [
	// OpenAI
	"gpt",
	"chatgpt",
	"o1",
	"o3",
	"o4",
	"codex",
	"text-davinci",
	// Anthropic, Google, xAI, Meta, Mistral
	"claude",
	"gemini",
	"gemma",
	"grok",
	"llama",
	"mistral",
	"mixtral",
	"ministral",
	"magistral",
	"codestral",
	// China
	"deepseek",
	"qwen",
	"qwq",
	"glm",
	"chatglm",
	"kimi",
	"moonshot",
	"doubao",
	"ernie",
	"hunyuan",
	"baichuan",
	"minimax",
	"internlm",
	"yi",
	// Others
	"command",
	"granite",
	"jamba",
	"nova",
	"phi",
	"sonar",
];

/** Their makers name the models that draw after them, as `gpt-image-2`, `grok-imagine-image` and `doubao-seedream-4-0`. */
const DRAWS = /image|imagine|edit|draw|dream|paint|canvas|world|3d/;

const REST = /^\d{0,2}(?:[-.]|$)/;

/** True for a name such as `gpt-5`, `openai/gpt-4o-mini` or `claude-sonnet-5`. */
export function isChatModel(name: string): boolean {
	const whole = name.trim().toLowerCase();
	if (DRAWS.test(whole)) return false;
	const own = whole.split(/[/:]/).at(-1) ?? "";
	return FAMILIES.some((family) => own.startsWith(family) && REST.test(own.slice(family.length)));
}
