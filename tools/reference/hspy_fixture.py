# Makes small.hspy with HyperSpy 1.7.3 and h5py: a tilt series of maps, and a volume.
import os, sys, tempfile, numpy as np, h5py, hyperspy.api as hs
out = sys.argv[1]
tmp = tempfile.mkdtemp()
i = np.arange(3 * 4 * 5 * 16).reshape(3, 4, 5, 16)
s = hs.signals.Signal1D((i % 7 * (i % 3)).astype('<u2')); s.set_signal_type('EDS_TEM')
s.metadata.General.title = 'maps'
for a, (n, sc, of, u) in zip(s.axes_manager._axes, [('tilt', 35, -35, 'degrees'), ('y', 12, 0, 'Å'), ('x', 12, 0, 'Å'), ('Energy', 10, -20, 'eV')]):
    a.name, a.scale, a.offset, a.units = n, sc, of, u
s.metadata.set_item('Acquisition_instrument.TEM.beam_energy', '80')
s.metadata.set_item('Acquisition_instrument.TEM.beam_current', 0.9)
s.metadata.set_item('Acquisition_instrument.TEM.Detector.EDS.live_time', 2.4)
s.metadata.set_item('Acquisition_instrument.TEM.Detector.EDS.dwell_time', 0.12)
s.metadata.set_item('Sample.elements', ['Co', 'Zn'])
s.save(os.path.join(tmp, 's.hspy'), overwrite=True, chunks=(1, 2, 5, 16))
v = hs.signals.Signal2D(np.arange(60, dtype='>f4').reshape(3, 4, 5) / 8 - 1); v.metadata.General.title = 'volume'
for a, n in zip(v.axes_manager._axes, 'zyx'): a.name, a.scale, a.units = n, 0.002, 'µm'
v.save(os.path.join(tmp, 'v.hspy'), overwrite=True, compression=None)
with h5py.File(out, 'w') as f:
    e = f.create_group('Experiments')
    for part, name in (('s.hspy', 'maps'), ('v.hspy', 'volume')):
        with h5py.File(os.path.join(tmp, part), 'a') as g:
            x = g['Experiments/' + name]
            for drop in ('learning_results', 'metadata/General/FileIO', 'metadata/_HyperSpy'):
                del x[drop]
            f.attrs.update(g.attrs)
            g.copy(x, e)
