/** Estimates the tokens of a chat: some clients take an answer of none for an empty one, and ask again. fal counts none. */

/** As OpenAI's models make them of English. Chinese has three bytes a character, and about as many tokens as characters. */
const BYTES_PER_TOKEN = 4;
/** As many as OpenAI counts for a square picture of medium quality (gpt-image-1). */
const TOKENS_PER_PICTURE = 1_056;

/** @param said The user's words @param answered The words of an answer without a picture */
export function estimateUsage(said: string, { pictures, answered }: { pictures: number; answered: string }) {
	const prompt_tokens = tokensOf(said);
	const completion_tokens = pictures > 0 ? pictures * TOKENS_PER_PICTURE : tokensOf(answered);
	return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function tokensOf(text: string): number {
	return Math.max(1, Math.ceil(utf8Length(text) / BYTES_PER_TOKEN));
}

const LAST_OF_ONE_BYTE = 0x7f;
const LAST_OF_TWO_BYTES = 0x7ff;

/** Counts a surrogate as two bytes, so that a pair has its four. */
function utf8Length(text: string): number {
	let bytes = 0;
	for (let at = 0; at < text.length; at += 1) {
		const unit = text.charCodeAt(at);
		const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
		bytes += unit <= LAST_OF_ONE_BYTE ? 1 : unit <= LAST_OF_TWO_BYTES || isSurrogate ? 2 : 3;
	}
	return bytes;
}
