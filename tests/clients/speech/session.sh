# A desktop that nobody sees, with Orca and Firefox on it; run by tests/clients/orca.py inside dbus-run-session.
# Orca has to be told that there is a screen reader before Firefox starts, or Firefox shows it nothing.
openbox >/dev/null 2>&1 &
"$ATSPI" --launch-immediately &
sleep 2
for name in IsEnabled ScreenReaderEnabled; do
  gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
    --method org.freedesktop.DBus.Properties.Set org.a11y.Status "$name" '<true>'
done
orca &
sleep 4
exec "$@"
