"""The networks in torch: CRAFT (finder) and TRBA (reader), in their published layouts.

Only training, published weights and the torch backend import this package; serving runs the
same networks from onnx files.
"""
