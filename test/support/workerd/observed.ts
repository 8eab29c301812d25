/** Wraps a binding so that `onUse` hears of each method that is called, before it is. What `onUse` throws, the call throws. */
export function observed<T extends object>(binding: T, onUse: (method: string) => void): T {
	return new Proxy(binding, {
		get(target, name) {
			const member: unknown = Reflect.get(target, name);
			if (typeof member !== "function") return member;
			return (...args: unknown[]) => {
				onUse(String(name));
				return member.apply(target, args);
			};
		},
	});
}
