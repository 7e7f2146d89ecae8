// Asks for all that a browser asks its user about.
async () => {
  const outcome = (work) =>
    work.then(
      () => 'granted',
      () => 'refused',
    );
  const { state } = await navigator.permissions.query({ name: 'geolocation' });
  return {
    geolocation: state,
    camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
    screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
    clipboard: await outcome(navigator.clipboard.readText()),
    notifications: await Notification.requestPermission(),
  };
};
