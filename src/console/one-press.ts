/** Takes a key that is held down for one press of its button: some buttons make pictures, and each is paid. */

addEventListener(
	"keydown",
	(event) => {
		if (event.repeat && event.key === "Enter" && event.target instanceof HTMLButtonElement) event.preventDefault();
	},
	// Before a handler that lets no other one hear of it.
	{ capture: true },
);
